#!/bin/sh
# Builds the site and copies it to a bucket: `BUCKET=my-bucket sh deploy.sh`. Needs the AWS command line.
# The bucket must serve `index.html` for folders: switch on "Static website hosting", with 404.html as the error document.
set -eu
: "${BUCKET:?set BUCKET to the name of the bucket}"
cd "$(dirname "$0")"
rungs build
# New files first and what is gone last, so that no page ever asks for a file that is not there.
aws s3 sync public/ "s3://$BUCKET/" --exclude '*.html'
aws s3 sync public/ "s3://$BUCKET/" --exclude '*' --include '*.html' --cache-control 'public, max-age=0, must-revalidate'
aws s3 sync public/ "s3://$BUCKET/" --delete
