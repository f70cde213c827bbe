"""A real mail server for the stories: aiosmtpd of Debian. Writes each mail it takes into a folder as JSON, refuses what it is
told to, and with a certificate offers STARTTLS and wants a login."""

import json
import os
import socket
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

folder, certificate = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None


class Keep:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later@"):
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        Keep.count += 1
        mail = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "data": envelope.content.decode("utf-8"),
            "tls": session.ssl is not None,
            "login": bool(session.authenticated),
        }
        name = os.path.join(folder, "%06d.json" % Keep.count)
        with open(name + ".part", "w") as part:
            json.dump(mail, part)
        os.rename(name + ".part", name)
        return "250 OK"


def login(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"holdfast", b"pass-word-of-tests")
    return AuthResult(success=good)


options = {}
if certificate:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    options = dict(tls_context=context, require_starttls=True, authenticator=login, auth_required=True)

# The controller connects to itself when it starts, so it has to know its port before.
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]

controller = Controller(Keep(), hostname="127.0.0.1", port=port, **options)
controller.start()
print(controller.port, flush=True)
sys.stdin.read()
controller.stop()
