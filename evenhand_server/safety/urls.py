"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.safety import views

app_name = "safety"
urlpatterns = [
    path("dealings/<slug:dealing_id>/block", views.block, name="block"),
    path("dealings/<slug:dealing_id>/reports", views.report, name="report"),
    path("me/blocks", views.blocks, name="blocks"),
    path("me/blocks/<slug:block_id>/removal", views.unblock, name="unblock"),
    path("reports", views.reports, name="reports"),
    path("reports/<slug:report_id>", views.one, name="one"),
    path("operator/reports", views.queue, name="queue"),
    path("operator/reports/<slug:report_id>", views.decide, name="decide"),
]
