"""部・課: the tree, and one department's form."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.organisations.access import (
    actor_in,
    administered_organisation,
    page_context,
    visible_organisation,
)
from yui.organisations.errors import MembershipError
from yui.organisations.forms import DepartmentForm
from yui.organisations.models import Department
from yui.organisations.operations.save_department import save_department
from yui.organisations.queries.members import department_tree


@login_required
def tree(request: HttpRequest, code: str) -> HttpResponse:
    """Show the departments as a tree."""
    organisation = visible_organisation(request, code)
    nodes = department_tree(actor_in(request), organisation)
    return render(request, "organisations/departments.html", page_context(request, organisation, nodes=nodes))


@login_required
def edit(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Add a department, or change one."""
    organisation = administered_organisation(request, code)
    department = Department.objects.owned_by(organisation).filter(pk=pk).first() if pk else None
    if pk and department is None:
        raise Http404
    form = DepartmentForm(request.POST or None, organisation=organisation, department=department)
    if request.method == "POST" and form.is_valid():
        try:
            save_department(
                actor_in(request), organisation=organisation, department=department, **form.cleaned_data
            )
            messages.success(request, _("部署を保存しました。"))
            return redirect("organisations:departments", code=code)
        except MembershipError as error:
            form.add_error(None, error.messages)
    context = page_context(request, organisation, form=form, department=department)
    if department is not None:
        context["history"] = history_of(urn("organisations.department", department.pk), limit=20)
    return render(request, "organisations/department.html", context)
