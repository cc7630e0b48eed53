import pytest

TASKS = "/"


def test_the_demo_login_does_not_exist_outside_of_the_demo(client, office):
    assert client.post("/masuk/demo/", {"number": office.siti.number}).status_code == 404
    assert client.get("/masuk/demo/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_demo_lets_anybody_in_with_one_click(client, office, settings):
    settings.DEMO = True
    response = client.post("/masuk/demo/", {"number": office.siti.number, "next": "//example.org"})

    assert (response.status_code, response.url) == (302, TASKS)
    assert client.session["_auth_user_id"] == str(office.siti.pk)


@pytest.mark.parametrize("number", ["", "nobody", "\x00", "9" * 400])
def test_the_demo_knows_only_its_own_people(client, office, settings, number):
    settings.DEMO = True

    assert client.post("/masuk/demo/", {"number": number}).status_code == 404
