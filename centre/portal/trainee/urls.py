"""The trainee's pages."""

from django.urls import path

from centre.portal.trainee import learning, recall, views

app_name = "trainee"
urlpatterns = [
    path("", views.home, name="home"),
    path("bai-hoc/", learning.lessons, name="lessons"),
    path("bai-hoc/<slug:name>/", learning.lesson, name="lesson"),
    path("bai-hoc/<slug:name>/ban-in/", learning.lesson_print, name="lesson_print"),
    path("bieu-mau/<slug:name>/<slug:which>/<slug:kind>/", learning.takehome, name="takehome"),
    path("ke-hoach/", learning.plan, name="plan"),
    path("ke-hoach/<int:number>/xong/", learning.close, name="plan_close"),
    path("on-tap/", recall.review, name="review"),
    path("on-tap/<slug:lesson>/<slug:question>/", recall.answered, name="review_answer"),
    path("dau-vao/", recall.placement, name="placement"),
    path("thuat-ngu/", views.terms, name="terms"),
    path("bien-nhan/<int:number>/", views.receipt, name="receipt"),
    path("ket-qua/<str:decision>/", views.result, name="result"),
    path("ket-qua/<str:decision>/phuc-khao/", views.appeal, name="appeal"),
    path("chung-chi/<str:serial>/", views.certificate, name="certificate"),
    path("du-lieu/", views.own_data, name="data"),
]
