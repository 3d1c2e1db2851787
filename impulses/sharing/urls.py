"""The addresses of sharing."""

from django.urls import path

from . import views

app_name = "sharing"
urlpatterns = [
    path("", views.start, name="start"),
    path("meine/", views.mine, name="mine"),
    path("<uuid:token>/", views.story, name="story"),
    path("<uuid:token>/vorschau/", views.preview, name="preview"),
    path("<uuid:token>/danke/", views.thanks, name="thanks"),
    path("<uuid:token>/zurueckziehen/", views.withdraw, name="withdraw"),
    path("<uuid:token>/loeschen/", views.delete, name="delete"),
    path("<uuid:token>/<slug:slug>/", views.step, name="step"),
]
