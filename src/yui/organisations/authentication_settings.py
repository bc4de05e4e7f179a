"""Settings of sign-in, merged into ``yui.conf.settings``. Reasons stand beside each that is not obvious."""

from environs import Env

env = Env()

YUI_MAX_SESSIONS = env.int("YUI_MAX_SESSIONS", 3)
YUI_REQUIRE_MFA = env.bool("YUI_REQUIRE_MFA", False)
YUI_PROVIDERS_WITHOUT_TLS = env.bool("YUI_PROVIDERS_WITHOUT_TLS", False)

ACCOUNT_ADAPTER = "yui.organisations.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "yui.organisations.adapters.ProviderAdapter"
MFA_ADAPTER = "yui.organisations.adapters.SecondFactorAdapter"

ACCOUNT_FORMS = {"login": "yui.organisations.sign_in_form.SignInForm"}
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
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {
    # A ward's whole staff may come from one address (proxy), so the limits per address are wide. Failures
    # of one account are held by django-axes; the limit per key here holds codes of the second factor.
    "login": "600/m/ip",
    "login_failed": "120/m/ip,10/300s/key",
}
# How many reverse proxies of one's own add to X-Forwarded-For; 0 trusts the connection only.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("YUI_TRUSTED_PROXIES", 0)

SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Addresses are entered by administrators, not proved by mail.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A passkey that signs in alone must ask for the PIN, finger or face.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = env.bool("YUI_PASSKEY_WITHOUT_TLS", False)
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
# Trying on while locked does not lengthen the lock: others must not be able to keep a person out.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

PASSWORD_RESET_TIMEOUT = env.int("YUI_PASSWORD_LINK_SECONDS", 24 * 3600)
