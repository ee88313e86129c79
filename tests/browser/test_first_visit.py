"""From the first visit to a phone that needs no server."""

from playwright.sync_api import expect

from .conftest import NewPhone
from .office import Office


def test_the_worker_takes_over_after_signing_in(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone()
    assert phone.go("/").headers["x-rendered-by"] == "server"
    expect(phone.page).to_have_url(f"{office.url}/login?next=/")
    phone.fill_in_and_sign_in("james")
    expect(phone.page).to_have_url(f"{office.url}/today")
    phone.until_worker()
    answer = phone.go("/accounts/")
    assert answer.headers["x-rendered-by"] == "worker"
    assert "content-security-policy" in answer.headers
    expect(phone.page.locator("#pill")).to_have_attribute("data-state", "synced")
    assert phone.faults == []


def test_a_first_load_that_is_cut_short_goes_on(new_phone: NewPhone) -> None:
    """The page has said whose it is once, and says it no more."""
    phone = new_phone()
    phone.go("/login")
    phone.fill_in_and_sign_in("james")
    phone.until(lambda: [name for name in phone.databases() if name.startswith("kesher-")])
    phone.stop_worker()
    phone.until_worker()
    assert phone.faults == []
