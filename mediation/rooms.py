"""Opening the rooms: what they offer to the table of steps, to jobs and to other rooms is registered by import."""

from importlib import import_module

CHECKS = (
    "mediation.registry.staff.checks",
    "mediation.casefile.cases.checks",
    "mediation.casefile.duties.checks",
    "mediation.casefile.notices.checks",
    "mediation.casefile.deliveries.checks",
    "mediation.stages.intake.checks",
    "mediation.stages.routing.checks",
    "mediation.stages.routing.arbiter.checks",
    "mediation.stages.routing.many",
    "mediation.stages.routing.delegation_checks",
    "mediation.stages.assisting.checks",
    "mediation.stages.proceedings.checks",
    "mediation.stages.proceedings.many",
    "mediation.stages.bookings.checks",
    "mediation.stages.groups.checks",
    "mediation.stages.agreements.checks",
    "mediation.stages.referrals.checks",
    "mediation.stages.confirmation.checks",
    "mediation.stages.confirmation.many",
    "mediation.stages.performance.checks",
    "mediation.stages.archive.checks",
    "mediation.stages.copyout.checks",
    "mediation.stages.mending.checks",
    "mediation.casefile.cases.jobs",
    "mediation.casefile.papers.jobs",
    "mediation.casefile.clocks.jobs",
    "mediation.casefile.notices.jobs",
    "mediation.stages.confirmation.jobs",
    "mediation.stages.intake.orders.importing",
    "mediation.stages.groups.prints",
    "mediation.stages.handovers.moving",
    "mediation.stages.intake.jobs",
    "mediation.stages.assisting.jobs",
    "mediation.stages.bundles.jobs",
)
MODELS = (
    "mediation.ground.jobs",
    "mediation.ground.counters",
    "mediation.registry.calendar.models",
    "mediation.registry.causes.models",
    "mediation.registry.regions.models",
    "mediation.registry.settings.models",
    "mediation.registry.mediators.models",
    "mediation.registry.phrases.models",
    "mediation.registry.breaches.models",
    "mediation.registry.points.models",
    "mediation.registry.platforms.models",
    "mediation.registry.wordings.models",
    "mediation.registry.dutylists.models",
    "mediation.casefile.notices.models",
    "mediation.casefile.attachments.models",
    "mediation.casefile.outside.models",
    "mediation.stages.handovers.models",
    "mediation.casefile.batches.models",
    "mediation.casefile.notes.models",
    "mediation.stages.shifts.models",
    "mediation.stages.intake.models",
    "mediation.stages.contacts.models",
)


def open_rooms() -> None:
    """Open every room once; in a program without Flask call this before the first operation."""
    for name in CHECKS + MODELS:
        import_module(name)
