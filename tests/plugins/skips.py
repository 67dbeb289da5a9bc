"""Says at the very end what was not proved here, and with SAMEN_NO_SKIPS=1 lets that fail the run."""

import os

import pytest

UNPROVED = ("skipped", "xfailed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    reasons = sorted({_reason(report) for kind in UNPROVED for report in terminalreporter.getreports(kind)})
    if not reasons:
        return
    terminalreporter.section("not proved here")
    for reason in reasons:
        terminalreporter.line(reason)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("SAMEN_NO_SKIPS") == "1" and reporter and any(reporter.getreports(kind) for kind in UNPROVED):
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    told = report.longrepr[2] if isinstance(report.longrepr, tuple) else getattr(report, "wasxfail", "")
    return f"{report.nodeid.split('::')[0]}: {told}"
