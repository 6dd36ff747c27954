#!/bin/sh
# Builds the site and publishes it in a bucket: `sh deploy.sh`. It needs `aws`, the command line of AWS, and the variables
# that build.sh explains. Its own are:
#   BUCKET        the name of the bucket, or of a folder in it: my-bucket or my-bucket/careers. Whatever else is in there
#                 is deleted
#   DISTRIBUTION  the id of the CloudFront distribution in front of the bucket, if there is one: it forgets its copies
#   FULL=1        sends every file again, also those that are there. Needed once for a bucket that something else filled
# Another service with the interface of S3 is named in AWS_ENDPOINT_URL.
#
# The bucket must serve `index.html` of folders: switch "Static website hosting" on, with index.html as the index document
# and 404.html as the error document. A distribution takes the website's address as its origin.
# Have it run once a day, because figures grow old and jobs expire: .github/workflows/deploy.yml does, or a line of cron:
#   23 4 * * * cd /home/me/site && RUNGS=rungs BUCKET=my-bucket sh deploy.sh
set -eu
cd "$(dirname "$0")"

fail() {
    printf 'deploy.sh: %s\n' "$@" >&2
    exit 1
}

[ -n "${BUCKET:-}" ] || fail "BUCKET is not set" "set it to the name of the bucket, such as BUCKET=my-bucket"
command -v aws >/dev/null || fail "there is no program \`aws\`" "install the command line of AWS"
bucket=${BUCKET%%/*}
folder=${BUCKET#"$bucket"}
folder=${folder#/}
folder=${folder%/}
target=s3://$bucket/${folder:+$folder/}

sh build.sh "$@"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

sums() {
    if command -v md5sum >/dev/null; then
        xargs -0 md5sum
    else
        xargs -0 md5 -r | sed 's/ /  /'
    fi
}

# What is in the bucket and what is in public/, each a line with the MD5 and the path. The times of files say nothing on a
# machine that is new for each build, and their sizes stay the same when a digit changes.
aws s3api list-objects-v2 --bucket "$bucket" --prefix "${folder:+$folder/}" --query 'Contents[].[ETag, Key]' \
    --output text >"$work/listed"
skip=$((${#folder} + 1))
[ -n "$folder" ] || skip=0
awk -F '\t' -v skip="$skip" 'NF == 2 { gsub(/"/, "", $1); print $1 "  " substr($2, skip + 1) }' "$work/listed" |
    sort >"$work/there"
[ -z "${FULL:-}" ] || : >"$work/there"
(cd public && find . -type f -print | sed 's#^\./##' | sort | tr '\n' '\0' | sums) | sort >"$work/here"
comm -23 "$work/here" "$work/there" | cut -c 35- >"$work/changed"

# Which files a browser may keep, and for how long, is what _headers says: those with a fingerprint in their names.
# All others are asked for again at each visit.
awk '/^\// { path = substr($0, 2) } /^[ \t]+[Cc]ache-[Cc]ontrol:/ { sub(/^[^:]*:[ \t]*/, ""); print path "\t" $0 }' \
    public/_headers >"$work/kept"

# Each file with its turn, its caching and its type. Pages come last, so that none asks for a file that is not there yet.
awk -F '\t' '
    BEGIN {
        split("css css js javascript mjs javascript txt plain csv csv md markdown html html", text, " ")
        for (i = 1; i in text; i += 2) types[text[i]] = "text/" text[i + 1] "; charset=utf-8"
        types["json"] = "application/json"
        types["xml"] = "application/xml"
        types["webmanifest"] = "application/manifest+json"
        types["pdf"] = "application/pdf"
        types["svg"] = "image/svg+xml"
        types["ico"] = "image/x-icon"
        types["jpg"] = types["jpeg"] = "image/jpeg"
        types["png"] = "image/png"
        types["gif"] = "image/gif"
        types["webp"] = "image/webp"
        types["avif"] = "image/avif"
        types["woff"] = "font/woff"
        types["woff2"] = "font/woff2"
        types["_headers"] = types["_redirects"] = types["txt"]
    }
    NR == FNR { kept[$1] = $2; next }
    {
        name = $0
        sub(/^.*[.\/]/, "", name)
        type = tolower(name) in types ? types[tolower(name)] : "-"
        if ($0 ~ /(^|\/)feed\.xml$/) type = "application/atom+xml"
        if ($0 in kept) print "1\t" kept[$0] "\t" type "\t" $0
        else print (name == "html" ? 3 : 2) "\tno-cache\t" type "\t" $0
    }' "$work/kept" "$work/changed" | sort >"$work/turns"

cut -f 1-3 "$work/turns" | uniq >"$work/groups"
while IFS="$(printf '\t')" read -r turn cache type; do
    rm -rf "$work/group"
    mkdir "$work/group"
    awk -F '\t' -v turn="$turn" -v cache="$cache" -v type="$type" \
        '$1 == turn && $2 == cache && $3 == type { print "./" $4 }' "$work/turns" >"$work/list"
    tar -C public -cf - -T "$work/list" | tar -C "$work/group" -xf -
    set -- --recursive --only-show-errors --cache-control "$cache"
    # What is not known here, `aws` guesses.
    [ "$type" = - ] || set -- "$@" --content-type "$type"
    aws s3 cp "$work/group/" "$target" "$@" </dev/null
done <"$work/groups"

# What is gone, last. Nothing is sent here: what is left has the right size.
aws s3 sync public/ "$target" --delete --size-only --only-show-errors

count=$(wc -l <"$work/changed" | tr -d ' ')
echo "Sent $count files to $target"
if [ -n "${DISTRIBUTION:-}" ]; then
    aws cloudfront create-invalidation --distribution-id "$DISTRIBUTION" --paths '/*' --output text \
        --query Invalidation.Status
fi
