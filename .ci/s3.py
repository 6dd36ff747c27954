"""What .ci/s3 runs: a server, the recipe, and questions to the server. The argument is the program."""

import json
import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import boto3
from moto.server import ThreadedMotoServer

RUNGS = sys.argv[1]
YEAR = "public, max-age=31536000, immutable"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".woff2": "font/woff2",
}


def main():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    os.environ.update(
        AWS_ENDPOINT_URL=endpoint,
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
        AWS_DEFAULT_REGION="us-east-1",
        AWS_CONFIG_FILE="/dev/null",
        AWS_SHARED_CREDENTIALS_FILE="/dev/null",
        PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        RUNGS=RUNGS,
    )
    s3 = boto3.client("s3")
    try:
        with tempfile.TemporaryDirectory() as folder:
            for bucket, inner in [("whole", ""), ("shared", "careers/")]:
                s3.create_bucket(Bucket=bucket)
                try_bucket(s3, Path(folder) / bucket, bucket, inner)
    finally:
        server.stop()
    print("the recipe for S3 sends, keeps and deletes what it should")


def try_bucket(s3, site, bucket, inner):
    subprocess.run([RUNGS, "new", site, "--host", "s3", "--quiet"], check=True)
    text = (site / "site.toml").read_text()
    (site / "site.toml").write_text(text.replace("https://example.com/", "https://careers.rungs-test.dev/"))
    s3.put_object(Bucket=bucket, Key="other/file.html", Body=b"of somebody else")
    s3.put_object(Bucket=bucket, Key=f"{inner}old/index.html", Body=b"gone")

    said = deploy(site, f"{bucket}/{inner}")
    objects = listed(s3, bucket, inner)
    files = published(site)
    assert set(objects) == set(files), set(objects) ^ set(files)
    assert f"Sent {len(files)} files" in said, said
    # What is outside of the folder of the site is nobody's business; a whole bucket is the site's.
    assert ("other/file.html" in listed(s3, bucket, "")) == bool(inner)
    kept = looked_at(s3, bucket, inner, files)
    assert kept >= 3, "files with a fingerprint are kept for a year"

    assert "Sent 0 files" in deploy(site, f"{bucket}/{inner}"), "nothing changed"
    changed_and_gone(s3, site, bucket, inner)
    cloudfront(site)


def looked_at(s3, bucket, inner, files):
    """Compares bytes, types and caching of all files; returns how many are kept for a year."""
    kept = 0
    for path, file in files.items():
        head = s3.get_object(Bucket=bucket, Key=inner + path)
        assert head["Body"].read() == file.read_bytes(), path
        wanted = TYPES.get(file.suffix, "text/plain; charset=utf-8" if path.startswith("_") else None)
        if path.endswith("feed.xml"):
            wanted = "application/atom+xml"
        assert head["ContentType"] == wanted, (path, head["ContentType"], wanted)
        is_kept = head["CacheControl"] == YEAR
        assert is_kept or head["CacheControl"] == "no-cache", (path, head["CacheControl"])
        has_fingerprint = any(f"\n/{path}\n" in text for text in [(files["_headers"]).read_text()])
        assert is_kept == has_fingerprint, (path, head["CacheControl"])
        kept += is_kept
    return kept


def changed_and_gone(s3, site, bucket, inner):
    """A page of the same size with another letter is sent, though the bucket's is newer; another one is deleted."""
    before = listed(s3, bucket, inner)
    article = site / "content/about.md"
    article.write_text(article.read_text() + "\nAnother word: aaa.\n")
    deploy(site, f"{bucket}/{inner}")
    article.write_text(article.read_text().replace(": aaa.", ": bbb."))
    page = site / "public/about/index.html"
    subprocess.run([RUNGS, "build", "--quiet", "--base-url", "https://careers.rungs-test.dev/"], cwd=site, check=True)
    os.utime(page, (1, 1))
    size = s3.head_object(Bucket=bucket, Key=f"{inner}about/index.html")["ContentLength"]
    assert page.stat().st_size == size, "the size says nothing"
    deploy(site, f"{bucket}/{inner}")
    body = s3.get_object(Bucket=bucket, Key=f"{inner}about/index.html")["Body"].read()
    assert b": bbb." in body and b": aaa." not in body

    article.unlink()
    toml = site / "site.toml"
    toml.write_text(toml.read_text().replace('[[nav]]\ntitle = "About"\nto = "about.md"\n', ""))
    for file in site.glob("content/**/*.md"):
        file.write_text(file.read_text().replace("](about.md)", "](articles/_index.md)"))
    deploy(site, f"{bucket}/{inner}")
    after = listed(s3, bucket, inner)
    assert set(before) - set(after) == {"about/index.html"}, set(before) ^ set(after)
    assert set(after) == set(published(site))


def cloudfront(site):
    """The policy is one that the command line takes, with the Content-Security-Policy of `_headers`."""
    policy = run(["sh", "cloudfront-headers.sh"], site)
    config = json.loads(policy)
    own = config["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    assert f"Content-Security-Policy: {own}\n" in (site / "public/_headers").read_text()
    create = ["aws", "cloudfront", "create-response-headers-policy", "--generate-cli-skeleton", "output"]
    run([*create, "--response-headers-policy-config", policy], site)
    wrong = json.dumps({**config, "CustomHeadersConfig": {"Items": []}})
    refused = subprocess.run([*create, "--response-headers-policy-config", wrong], cwd=site, capture_output=True)
    assert refused.returncode != 0, "what is wrong is refused"


def deploy(site, bucket):
    # A machine that is new for each build has files of no other times.
    return run(["sh", "deploy.sh"], site, BUCKET=bucket)


def run(command, folder, **env):
    done = subprocess.run(command, cwd=folder, env={**os.environ, **env}, capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def published(site):
    public = site / "public"
    return {str(file.relative_to(public)): file for file in public.rglob("*") if file.is_file()}


def listed(s3, bucket, inner):
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=inner)
    return {row["Key"][len(inner) :]: row["ETag"] for page in pages for row in page.get("Contents", [])}


main()
