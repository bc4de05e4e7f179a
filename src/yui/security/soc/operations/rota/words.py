"""What is wrong with a shift, for people."""

from django.utils.translation import gettext_lazy as _

from yui.security.soc.engine.rota import TroubleKind

TROUBLE_WORDS = {
    TroubleKind.OVERLAP: _("その人は、その時間にほかの当番に入っています。"),
    TroubleKind.REST: _("前後の当番との間が11時間ありません。"),
    TroubleKind.NIGHTS: _("7日のうちの夜勤が3回を超えます。"),
    TroubleKind.DAYS: _("6日以上続けての勤務になります。"),
}
