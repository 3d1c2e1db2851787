"""The house's own workflow: over our desks, for pages that need four eyes and have no other."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Task, Workflow, WorkflowTask


def leads_over_desks(workflow: Any) -> bool:
    """Tell whether a workflow (or None) is made of our desks."""
    from ..models import ReviewTask

    return ReviewTask.checks(workflow)


def house_workflow() -> Workflow | None:
    """Return the workflow of pages that need four eyes and have none of their own, or None."""
    from ..models import EditorialRelease

    kind = ContentType.objects.get_for_model(EditorialRelease)
    found = Workflow.objects.filter(active=True, workflow_tasks__task__content_type=kind)
    return found.order_by("pk").first()


def make_house_workflow(**_signal: Any) -> None:
    """Make the workflow over our desks, once; what an administrator makes of it stays."""
    from ..models import ReviewTask

    tables = connection.introspection.table_names()
    if not all(model._meta.db_table in tables for model in (*ReviewTask.types(), WorkflowTask)):
        return
    if any(model.objects.exists() for model in ReviewTask.types()):
        return
    names = ("Prüfung im Dezernat", "Freigabe durch die Redaktion", "Freigabe der Leitung")
    workflow, _is_new = Workflow.objects.get_or_create(name="Vier Augen")
    for order, (model, name) in enumerate(zip(ReviewTask.types(), names, strict=True)):
        task: Task = model.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
