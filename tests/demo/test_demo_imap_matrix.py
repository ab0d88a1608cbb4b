"""The demo's post office answers every IMAP call the product makes."""

from demo.postoffice import PostOffice
from tests.imap_matrix import matrix

OFFICE = "office@example.org"


def test_the_post_office_answers_every_call_the_product_makes() -> None:
    with PostOffice({OFFICE: "secret"}) as post:
        gaps = matrix(post.host, post.imap_port, OFFICE, "secret", lambda raw: post.deliver(OFFICE, raw))
        assert gaps == []


def test_a_server_that_lets_nobody_in_has_gaps() -> None:
    with PostOffice({OFFICE: "secret"}) as post:
        gaps = matrix(post.host, post.imap_port, OFFICE, "forgotten", lambda raw: post.deliver(OFFICE, raw))
        assert gaps[0].startswith("LOGIN lets the owner in")
        assert len(gaps) > 10
