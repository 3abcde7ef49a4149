"""Ways in; the only place that knows Flask, WTForms, Flask-Login and APScheduler."""
