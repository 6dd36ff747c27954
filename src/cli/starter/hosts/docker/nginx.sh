#!/bin/sh
# Makes what nginx serves of a built site: `sh nginx.sh PUBLIC OUT` copies the folder PUBLIC into OUT/www, below the path of
# the site's address, and writes OUT/site.conf, with the headers that PUBLIC/_headers says. Change `site.conf` here: it is
# made anew by each build.
set -eu
if [ $# != 2 ]; then
    echo "nginx.sh: name the folder of the site and the folder for the result: sh nginx.sh public out" >&2
    exit 2
fi
public=$1
out=$2
address=$(sh "$(dirname "$0")/build.sh" --address)
rest=${address#*://*/}
base=${rest:+/${rest%/}}
case $base in
    *[!A-Za-z0-9._~/-]*)
        echo "nginx.sh: the path of $address has letters that must be written otherwise in nginx's configuration" >&2
        exit 1
        ;;
esac

rm -rf "$out/www"
mkdir -p "$out/www$base"
cp -R "$public/." "$out/www$base"

# Turns _headers into a map for each header, from the path to its value, and a line that sends it. nginx sends no header
# that is empty.
headers() {
    LC_ALL=C awk -v base="$base" '
        function fail(words) {
            print "nginx.sh: _headers, line " NR ": " words > "/dev/stderr"
            failed = 1
            exit 1
        }
        function quoted(text) {
            gsub(/\\/, "&&", text)
            gsub(/"/, "\\\"", text)
            return "\"" text "\""
        }
        # nginx compares decoded paths.
        function decoded(path,    at, hex) {
            while ((at = match(path, /%[0-9A-Fa-f][0-9A-Fa-f]/)) > 0) {
                hex = tolower(substr(path, at + 1, 2))
                hex = (index("0123456789abcdef", substr(hex, 1, 1)) - 1) * 16 + index("0123456789abcdef", substr(hex, 2)) - 1
                path = substr(path, 1, at - 1) sprintf("%c", hex) substr(path, at + 3)
            }
            return path
        }
        # A path with `*` or `:name` is a regular expression in nginx.
        function pattern(path) {
            gsub(/[.+?()|{}$]/, "[&]", path)
            gsub(/\*/, ".*", path)
            gsub(/\/:[A-Za-z][A-Za-z0-9_]*/, "/[^/]+", path)
            return "~^" path "$"
        }
        /^[ \t]*(#|$)/ { next }
        /^[^ \t]/ {
            path = $1
            if (path !~ /^\//) fail("a path begins with /")
            next
        }
        {
            value = $0
            sub(/^[ \t]+/, "", value)
            name = value
            if (name !~ /^[A-Za-z0-9-]+:/) fail("this is no header")
            sub(/:.*$/, "", name)
            sub(/^[^:]*:[ \t]*/, "", value)
            sub(/[ \t\r]+$/, "", value)
            if (value ~ /\$/) fail("nginx cannot send a value with $ in it")
            key = tolower(name)
            if (!(key in names)) order[++count] = key
            names[key] = name
            if (path == "/*") all[key] = value
            else if (path ~ /\*|\/:/) patterns[key] = patterns[key] "    " quoted(pattern(base decoded(path))) " " quoted(value) ";\n"
            else {
                lines[key] = lines[key] "    " quoted(base decoded(path)) " " quoted(value) ";\n"
                # Of a folder its index.html is sent.
                if (path ~ /\/$/) lines[key] = lines[key] "    " quoted(base decoded(path) "index.html") " " quoted(value) ";\n"
            }
        }
        END {
            if (failed) exit 1
            # What nothing is said of is asked for again at each visit, and mostly not sent again.
            if (!("cache-control" in names)) order[++count] = "cache-control"
            names["cache-control"] = "Cache-Control"
            if (!("cache-control" in all)) all["cache-control"] = "no-cache"
            for (i = 1; i <= count; i++) {
                key = order[i]
                print "map $uri $rungs_" i " {\n    default " quoted(all[key]) ";\n" lines[key] patterns[key] "}"
                sent = sent "    add_header " names[key] " $rungs_" i " always;\n"
            }
            printf "%s", sent > sends
        }' sends="$out/sends" "$public/_headers"
}

{
    echo '# Written by nginx.sh.'
    echo 'map_hash_bucket_size 512;'
    echo 'map_hash_max_size 8192;'
    headers
    cat <<CONF
server {
    listen 8080;
    root /usr/share/nginx/html;
    index index.html;
    error_page 404 $base/404.html;
    absolute_redirect off;
    server_tokens off;
    charset utf-8;
    charset_types text/html text/plain text/css text/javascript application/javascript application/json application/xml text/xml;
    gzip on;
    gzip_comp_level 6;
    gzip_vary on;
    gzip_types text/plain text/css text/javascript application/javascript application/json application/xml text/xml application/atom+xml image/svg+xml application/manifest+json;
$(cat "$out/sends")
    location ~ \.webmanifest$ { types {} default_type application/manifest+json; }
CONF
    [ -z "$base" ] || echo "    location = / { return 302 $base/; }"
    echo '}'
} >"$out/site.conf"
rm "$out/sends"
