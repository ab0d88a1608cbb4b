"""The post office as a mail server's neighbours see it: SMTP clients, IMAP clients, and the tests that look inside."""

from __future__ import annotations

import gc
import select
import smtplib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, LoginError

from demo.postoffice import PostOffice

OFFICE, ERIKA = "office@example.org", "erika@firm.example"
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
LETTER = b"From: erika@firm.example\r\nTo: office@example.org\r\nSubject: M12\r\n\r\n60 %\r\n"


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with PostOffice({OFFICE: "pass"}, clock=lambda: NOON) as post:
        yield post


def smtp(post: PostOffice) -> smtplib.SMTP:
    return smtplib.SMTP(post.host, post.smtp_port, local_hostname="localhost", timeout=10)


def send(post: PostOffice, *recipients: str, sender: str = ERIKA, raw: bytes = LETTER) -> None:
    with smtp(post) as client:
        client.sendmail(sender, recipients, raw)


def imap(post: PostOffice, user: str = OFFICE, password: str = "pass") -> IMAPClient:
    client = IMAPClient(post.host, post.imap_port, ssl=False, timeout=10)
    client.login(user, password)
    client.select_folder("INBOX")
    return client


def fetched(client: IMAPClient) -> list[bytes]:
    found = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
    return [found[uid][b"BODY[]"] for uid in sorted(found)]


def test_a_letter_sent_by_smtp_lies_in_the_imap_inbox(post: PostOffice) -> None:
    send(post, OFFICE)
    with imap(post) as client:
        assert fetched(client) == [
            b"Return-Path: <erika@firm.example>\r\nDelivered-To: office@example.org\r\n" + LETTER
        ]


def test_a_letter_is_remembered_with_uid_sender_and_time(post: PostOffice) -> None:
    send(post, OFFICE)
    (letter,) = post.letters(OFFICE)
    assert (letter.sender, letter.arrived_at) == (ERIKA, NOON)
    with imap(post) as client:
        assert client.search("ALL") == [letter.uid]
        assert client.fetch([letter.uid], ["BODY.PEEK[]"])[letter.uid][b"BODY[]"] == letter.raw


def test_letters_are_remembered_after_the_client_filed_them(post: PostOffice) -> None:
    send(post, OFFICE)
    with imap(post) as client:
        client.create_folder("Erledigt für 2026")
        client.move(client.search("ALL"), "Erledigt für 2026")
    assert len(post.letters(OFFICE)) == 1
    assert post.folder(OFFICE, "INBOX") == []
    assert post.folder(OFFICE, "Erledigt für 2026") == [post.letters(OFFICE)[0].raw]
    assert post.folder(OFFICE, "no such folder") == []


def test_a_plus_address_reaches_the_base_mailbox_and_stays_readable(post: PostOffice) -> None:
    send(post, "Office+Token7@Example.org")
    (letter,) = post.letters(OFFICE)
    assert b"Delivered-To: Office+Token7@Example.org\r\n" in letter.raw
    assert post.letters("office+other@example.org") == [letter]


def test_anybody_has_a_mailbox_when_the_office_catches_all(post: PostOffice) -> None:
    send(post, ERIKA, sender=OFFICE)
    with imap(post, ERIKA, "secret") as client:
        assert len(fetched(client)) == 1
    with imap(post, "newcomer@firm.example", "secret") as client:
        assert fetched(client) == []


def test_strangers_are_refused_when_the_office_does_not_catch_all() -> None:
    with PostOffice({OFFICE: "pass"}, catch_all=False) as post:
        with pytest.raises(smtplib.SMTPRecipientsRefused, match=r"5\.1\.1"):
            send(post, ERIKA)
        with IMAPClient(post.host, post.imap_port, ssl=False) as client, pytest.raises(LoginError):
            client.login(ERIKA, "secret")
        with pytest.raises(KeyError):
            post.deliver(ERIKA, LETTER)


def test_the_null_sender_is_told_by_an_empty_return_path(post: PostOffice) -> None:
    send(post, OFFICE, sender="")
    (letter,) = post.letters(OFFICE)
    assert letter.sender == ""
    assert letter.raw.startswith(b"Return-Path: <>\r\n")


def test_a_letter_delivered_without_sender_has_no_return_path(post: PostOffice) -> None:
    post.deliver(OFFICE, LETTER)
    assert post.letters(OFFICE)[0].raw == b"Delivered-To: office@example.org\r\n" + LETTER


def test_a_refused_recipient_hears_why_and_the_others_get_their_letter(post: PostOffice) -> None:
    post.refuse[ERIKA] = "452 4.2.2 mailbox full"
    with smtp(post) as client:
        refused = client.sendmail(OFFICE, [ERIKA, OFFICE], LETTER)
    assert refused == {ERIKA: (452, b"4.2.2 mailbox full")}
    assert (post.letters(ERIKA), len(post.letters(OFFICE))) == ([], 1)


def test_prepared_answers_to_data_are_given_once_each(post: PostOffice) -> None:
    post.fail_data += ["451 4.3.0 try later", "554 5.7.1 no"]
    for code in (451, 554):
        with pytest.raises(smtplib.SMTPDataError) as failure:
            send(post, OFFICE)
        assert failure.value.smtp_code == code
    send(post, OFFICE)
    assert len(post.letters(OFFICE)) == 1


def test_a_dropped_connection_leaves_the_letter_delivered_and_unanswered(post: PostOffice) -> None:
    post.drop_after_data = 1
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(post, OFFICE)
    assert len(post.letters(OFFICE)) == 1
    send(post, OFFICE)
    assert len(post.letters(OFFICE)) == 2


def test_sending_needs_the_login_when_one_is_asked_for() -> None:
    with PostOffice({OFFICE: "pass"}, smtp_login=("office", "pass")) as post, smtp(post) as client:
        with pytest.raises(smtplib.SMTPSenderRefused, match="530"):
            client.sendmail(ERIKA, [OFFICE], LETTER)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login("office", "wrong")
        client.login("office", "pass")
        client.sendmail(ERIKA, [OFFICE], LETTER)
        assert len(post.letters(OFFICE)) == 1


def test_letters_from_many_threads_all_arrive(post: PostOffice) -> None:
    senders = [threading.Thread(target=send, args=(post, OFFICE)) for _ in range(8)]
    for sender in senders:
        sender.start()
    post.wait_for(lambda: len(post.letters(OFFICE)) == 8)
    for sender in senders:
        sender.join()
    assert len({letter.uid for letter in post.letters(OFFICE)}) == 8


def test_waiting_wakes_at_a_delivery_and_may_look_into_folders(post: PostOffice) -> None:
    sender = threading.Timer(0.01, send, (post, OFFICE))
    sender.start()
    post.wait_for(lambda: len(post.folder(OFFICE, "INBOX")) == 1)
    sender.join()


def test_waiting_in_vain_ends(post: PostOffice) -> None:
    with pytest.raises(TimeoutError):
        post.wait_for(lambda: bool(post.letters(OFFICE)), timeout=0.01)


def test_a_listener_hears_of_each_delivery_until_it_unsubscribes(post: PostOffice) -> None:
    heard: list[str] = []
    unsubscribe = post.subscribe(heard.append)
    send(post, "office+token@example.org", ERIKA)
    post.wait_for(lambda: heard == [OFFICE, ERIKA])
    unsubscribe()
    send(post, OFFICE)
    post.folder(OFFICE, "INBOX")  # the mail thread has passed the point where it would have called
    assert heard == [OFFICE, ERIKA]


def test_a_listener_that_waits_for_the_mail_thread_is_told_so(post: PostOffice) -> None:
    told: list[str] = []

    def listener(address: str) -> None:
        with pytest.raises(RuntimeError) as refusal:
            post.deliver(address, LETTER)
        told.append(str(refusal.value))

    post.subscribe(listener)
    send(post, OFFICE)
    post.wait_for(lambda: bool(told))
    assert "must not wait" in told[0]


def test_idle_announces_every_letter_even_when_the_collector_runs(post: PostOffice) -> None:
    with imap(post) as client:
        for count in range(1, 6):
            client.idle()
            gc.collect()
            send(post, OFFICE)
            assert select.select([client.socket()], [], [], 5)[0]
            assert (count, b"EXISTS") in client.idle_done()[1]


def test_idle_announces_a_letter_that_came_just_before(post: PostOffice) -> None:
    client = imap(post)
    send(post, OFFICE)
    client._imap.send(b"tag IDLE\r\n")  # not idle(): idle_done() could not tell this from news told only at DONE
    assert client._imap.readline().startswith(b"+")
    assert client._imap.readline() == b"* 1 EXISTS\r\n"
    client.shutdown()


def test_cut_connections_end_at_once_and_new_ones_are_welcome(post: PostOffice) -> None:
    client = imap(post)
    client.idle()
    post.drop_connections()
    with pytest.raises((IMAPClientAbortError, ConnectionError)):
        client.idle_done()
    client.shutdown()
    with imap(post) as again:
        assert fetched(again) == []


def test_custom_keywords_are_not_kept_as_on_exchange(post: PostOffice) -> None:
    post.deliver(OFFICE, LETTER)
    with imap(post) as client:
        uids = client.search("ALL")
        client.add_flags(uids, ["$Processed"])
        assert client.search(["KEYWORD", "$Processed"]) == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\nno header",
        b'From: "\nMessage-ID: <>\nDate: never\nContent-Type: ;;;"\n\nbare line feeds',
        b"Subject: \xff\xfe=?utf-8?B?4p?=\r\nContent-Type: text/plain; charset=none\r\n\r\n\0\xff",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2000)),
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 50_000,
        b"".join(b"X-%d: y\r\n" % n for n in range(10_000)) + b"Subject: " + b"a" * 200_000 + b"\r\n\r\nx",
    ],
    ids=["empty", "no header", "broken header", "broken text", "2000 nested", "50000 parts", "10000 headers"],
)
def test_the_strangest_letter_is_handed_over_byte_for_byte(post: PostOffice, raw: bytes) -> None:
    post.deliver(OFFICE, raw)
    with imap(post) as client:
        assert fetched(client) == [b"Delivered-To: office@example.org\r\n" + raw]
        (found,) = client.fetch(client.search("ALL"), ["RFC822.SIZE", "BODY.PEEK[HEADER]"]).values()
        assert found[b"RFC822.SIZE"] == len(raw) + len(b"Delivered-To: office@example.org\r\n")


def test_a_restart_keeps_the_ports_and_gives_new_uids() -> None:
    post = PostOffice({OFFICE: "pass"})
    seen = set()
    for _ in range(2):
        with post:
            send(post, OFFICE)
            client = IMAPClient(post.host, post.imap_port, ssl=False, timeout=10)
            client.login(OFFICE, "pass")
            seen.add((post.imap_port, post.smtp_port, client.select_folder("INBOX")[b"UIDVALIDITY"]))
            client.shutdown()
    ports = {(imap_port, smtp_port) for imap_port, smtp_port, _ in seen}
    assert (len(ports), len(seen)) == (1, 2)
    assert len(post.letters(OFFICE)) == 2


def test_stopping_ends_the_thread_and_open_connections() -> None:
    post = PostOffice({OFFICE: "pass"}).start()
    reader, sender = imap(post), smtp(post)
    sender.ehlo()
    reader.idle()
    post.stop()
    post.stop()
    assert not any(thread.name == "postoffice" for thread in threading.enumerate())
    with pytest.raises((IMAPClientAbortError, ConnectionError)):
        reader.idle_done()
    with pytest.raises(smtplib.SMTPServerDisconnected):
        sender.noop()
    reader.shutdown()
    sender.close()


def test_a_taken_port_is_told_at_the_start(post: PostOffice) -> None:
    with pytest.raises(OSError, match="in use"):
        PostOffice({OFFICE: "pass"}, imap_port=post.imap_port).start()
    with pytest.raises(OSError, match="in use"):
        PostOffice({OFFICE: "pass"}, smtp_port=post.smtp_port).start()
