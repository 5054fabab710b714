"""The trainee's pages."""

from django.urls import path

from centre.portal.trainee import views

app_name = "trainee"
urlpatterns = [
    path("", views.home, name="home"),
    path("bai-hoc/", views.lessons, name="lessons"),
    path("thuat-ngu/", views.terms, name="terms"),
    path("bien-nhan/<int:number>/", views.receipt, name="receipt"),
    path("ket-qua/<str:decision>/", views.result, name="result"),
    path("ket-qua/<str:decision>/phuc-khao/", views.appeal, name="appeal"),
    path("chung-chi/<str:serial>/", views.certificate, name="certificate"),
    path("du-lieu/", views.own_data, name="data"),
]
