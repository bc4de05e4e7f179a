"""The petition to begin with: what bodies ask of the nation after the migration, to be edited by people."""

ADDRESSEES = "内閣総理大臣\n総務大臣\nデジタル大臣"
TITLE = "標準化後の運用経費についての要望"
PREAMBLE = (
    "標準準拠システムへの移行の後、情報システムの運用に使う経費が増えています。"
    "区民への行政サービスを続けるため、次のことを要望します。"
)
REQUESTS = (
    "移行によって増えた運用経費に、国の財政措置を行うこと。地方交付税の不交付団体も対象にすること。",
    "ガバメントクラウドの利用料を、為替レートの動きに左右されにくいものにすること。",
    "運用経費の見通しと割引の条件を、予算を組む時期に間に合うように示すこと。",
)
