"""Addresses of saved views."""

from django.urls import path

from yui.kernel.tables import views

app_name = "tables"
prefix = "tables/"
urlpatterns = [
    path("views/", views.save, name="save_view"),
    path("views/<int:pk>/delete/", views.delete, name="delete_view"),
]
