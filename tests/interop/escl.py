#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A network scanner that speaks eSCL (Mopria eSCL 2.x), as far as a flatbed with one page goes.

usage: escl.py PAGE.jpg FAULT…    prints its port; each scan meets the next FAULT of the list:
none, jam, no-paper, cover-open, busy, cut (the page breaks off), silent (it never answers).
"""

import http.server
import sys
import threading

NAMESPACES = ('xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" '
              'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"')
RESOLUTION = ("<scan:DiscreteResolution><scan:XResolution>200</scan:XResolution>"
              "<scan:YResolution>200</scan:YResolution></scan:DiscreteResolution>")
PROFILE = ("<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes><scan:ColorMode>RGB24</scan:ColorMode>"
           "</scan:ColorModes><scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>"
           "</scan:DocumentFormats><scan:SupportedResolutions><scan:DiscreteResolutions>" + RESOLUTION +
           "</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>")
INPUT = ("<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight>"
         "<scan:MaxHeight>3508</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>" + PROFILE)
CAPABILITIES = f"""<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerCapabilities {NAMESPACES}><pwg:Version>2.63</pwg:Version>
<pwg:MakeAndModel>Emulated scanner</pwg:MakeAndModel><pwg:SerialNumber>1</pwg:SerialNumber>
<scan:Platen><scan:PlatenInputCaps>{INPUT}</scan:PlatenInputCaps></scan:Platen>
<scan:Adf><scan:AdfSimplexInputCaps>{INPUT}</scan:AdfSimplexInputCaps></scan:Adf></scan:ScannerCapabilities>"""

# What a scanner says of its feeder, by fault.
FEEDER = {"jam": "ScannerAdfJam", "no-paper": "ScannerAdfEmpty", "cover-open": "ScannerAdfDoorOpen"}


class Scanner(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    page = b""
    faults = []
    fault = "none"
    pages_left = 0
    never = threading.Event()

    def answer(self, code, body=b"", kind="text/xml", **headers):
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def status(self):
        state = "Processing" if Scanner.fault == "busy" else "Idle" if Scanner.fault == "none" else "Stopped"
        feeder = FEEDER.get(Scanner.fault, "ScannerAdfLoaded")
        return (f'<?xml version="1.0" encoding="UTF-8"?><scan:ScannerStatus {NAMESPACES}>'
                f"<pwg:Version>2.63</pwg:Version><pwg:State>{state}</pwg:State>"
                f"<scan:AdfState>{feeder}</scan:AdfState></scan:ScannerStatus>").encode()

    def next_document(self):
        if Scanner.fault == "silent":
            Scanner.never.wait()
        if Scanner.pages_left == 0:
            self.answer(404)
            return
        Scanner.pages_left -= 1
        if Scanner.fault == "cut":
            self.send_response(200)
            self.send_header("Content-Type", "image/jpeg")
            self.send_header("Content-Length", str(len(Scanner.page)))
            self.end_headers()
            self.wfile.write(Scanner.page[:len(Scanner.page) // 3])
            self.close_connection = True
            return
        self.answer(200, Scanner.page, "image/jpeg")

    def do_GET(self):
        if self.path.endswith("ScannerCapabilities"):
            self.answer(200, CAPABILITIES.encode())
        elif self.path.endswith("ScannerStatus"):
            self.answer(200, self.status())
        elif self.path.endswith("NextDocument"):
            self.next_document()
        else:
            self.answer(404)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        Scanner.fault = Scanner.faults.pop(0) if Scanner.faults else "none"
        if Scanner.fault in FEEDER or Scanner.fault == "busy":
            self.answer(503 if Scanner.fault == "busy" else 409)
            return
        Scanner.pages_left = 1
        host = self.headers.get("Host")
        self.answer(201, Location=f"http://{host}/eSCL/ScanJobs/1")

    def do_DELETE(self):
        self.answer(200)

    def log_message(self, format, *words):  # pylint: disable=redefined-builtin
        sys.stderr.write("escl: " + format % words + "\n")


def main():
    with open(sys.argv[1], "rb") as file:
        Scanner.page = file.read()
    Scanner.faults = sys.argv[2:]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Scanner)
    server.daemon_threads = True
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
