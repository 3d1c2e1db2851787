"""The addresses of sharing."""

from django.urls import path

from . import my_stories, views

app_name = "sharing"
urlpatterns = [
    path("", views.start, name="start"),
    path("meine/", my_stories.mine, name="mine"),
    path("<uuid:token>/", my_stories.story, name="story"),
    path("<uuid:token>/vorschau/", my_stories.preview, name="preview"),
    path("<uuid:token>/danke/", my_stories.thanks, name="thanks"),
    path("<uuid:token>/zurueckziehen/", my_stories.withdraw, name="withdraw"),
    path("<uuid:token>/loeschen/", my_stories.delete, name="delete"),
    path("<uuid:token>/<slug:slug>/", views.step, name="step"),
]
