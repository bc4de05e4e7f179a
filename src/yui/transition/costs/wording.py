"""What the reasons for a change are called, and what each means, for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yui.transition.costs.engine.bridge import Effect

EFFECT_NAMES: dict[Effect, Promise] = {
    Effect.SYSTEMS: _("システムの追加・廃止"),
    Effect.SERVICES: _("サービス・契約の追加・廃止"),
    Effect.VOLUME: _("使った量"),
    Effect.PRICE: _("単価"),
    Effect.EXCHANGE: _("為替"),
    Effect.ALLOCATION: _("配賦の変更"),
    Effect.ONE_OFF: _("一度だけの費用"),
    Effect.CREDIT: _("値引き・返金"),
    Effect.TAX: _("税"),
    Effect.CORRECTION: _("訂正"),
}

EFFECT_MEANINGS: dict[Effect, Promise] = {
    Effect.SYSTEMS: _("片方の期間にしか費用がないシステムの分です。"),
    Effect.SERVICES: _("両方の期間にあるシステムで、片方の期間にしかないサービスや契約の分です。"),
    Effect.VOLUME: _(
        "請求の課金単位で数えた量の分です。量が書かれていない契約は、支払いのあった月の数で数えます。"
    ),
    Effect.PRICE: _("1単位あたりの価格(請求の通貨)の分です。"),
    Effect.EXCHANGE: _("外貨の請求を円にするレートの分です。"),
    Effect.ALLOCATION: _("共通の費用を分ける割合が変わった分です。"),
    Effect.ONE_OFF: _("移行や導入など、毎月はかからない費用です。"),
    Effect.CREDIT: _("請求の種類が Credit の行です。"),
    Effect.TAX: _("請求の種類が Tax の行です。"),
    Effect.CORRECTION: _("前の請求の訂正(Correction、Adjustment)の行です。"),
}
