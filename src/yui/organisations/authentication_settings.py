"""Settings of sign-in, merged into ``yui.conf.settings``. Reasons stand beside each that is not obvious."""

from environs import Env

env = Env()

YUI_MAX_SESSIONS = env.int("YUI_MAX_SESSIONS", 3)
YUI_REQUIRE_MFA = env.bool("YUI_REQUIRE_MFA", False)

ACCOUNT_ADAPTER = "yui.organisations.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "yui.organisations.adapters.ProviderAdapter"
MFA_ADAPTER = "yui.organisations.adapters.SecondFactorAdapter"

ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
# An isolated network (LGWAN) usually has no mail server that staff addresses can be verified through;
# administrators enter the addresses. YUI_EMAIL_VERIFICATION=mandatory turns verification on.
ACCOUNT_EMAIL_VERIFICATION = env.str("YUI_EMAIL_VERIFICATION", "none")
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    # Lock-out after failures is django-axes' work, per account and address together.
    "login_failed": "60/m/ip",
    "login": "120/m/ip",
}

SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "結 Yui"
# One step of 30 seconds either way: the clocks of isolated networks drift.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True

AXES_FAILURE_LIMIT = env.int("YUI_SIGN_IN_ATTEMPTS", 5)
# Hours without a try after which the lock opens again.
AXES_COOLOFF_TIME = env.float("YUI_SIGN_IN_LOCK_HOURS", 0.25)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "yui.organisations.lock_out.tried_name"
AXES_LOCKOUT_CALLABLE = "yui.organisations.lock_out.locked_out"
AXES_CLIENT_IP_CALLABLE = "yui.organisations.lock_out.client_address"
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

PASSWORD_RESET_TIMEOUT = env.int("YUI_PASSWORD_LINK_SECONDS", 24 * 3600)
