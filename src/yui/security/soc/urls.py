"""Addresses of the SOC's pages."""

app_name = "soc"
prefix = "soc/"
urlpatterns: list = []
