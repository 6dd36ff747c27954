#!/bin/sh
# Prints what CloudFront is to add to every answer, out of public/_headers, since a bucket cannot: run it after a build, and
#   aws cloudfront create-response-headers-policy --response-headers-policy-config "$(sh cloudfront-headers.sh)"
# Then choose the policy `rungs` in the behaviour of the distribution. After a change of [content_security_policy] in
# site.toml hand its text to `aws cloudfront update-response-headers-policy`.
set -eu
cd "$(dirname "$0")"
[ -f public/_headers ] || { echo "cloudfront-headers.sh: there is no public/_headers: build the site first" >&2; exit 1; }

awk '
    function text(value) {
        gsub(/\\/, "&&", value)
        gsub(/"/, "\\\"", value)
        return "\"" value "\""
    }
    /^[^ \t]/ { is_for_all = $0 == "/*" }
    is_for_all && /^[ \t]+[^:]+:/ {
        name = $0
        sub(/^[ \t]+/, "", name)
        value = name
        sub(/:.*$/, "", name)
        sub(/^[^:]*:[ \t]*/, "", value)
        low = tolower(name)
        # CloudFront has places of its own for these, and takes them nowhere else.
        if (low == "content-security-policy")
            own[++owns] = "\"ContentSecurityPolicy\": { \"Override\": true, \"ContentSecurityPolicy\": " text(value) " }"
        else if (low == "x-content-type-options")
            own[++owns] = "\"ContentTypeOptions\": { \"Override\": true }"
        else if (low == "referrer-policy")
            own[++owns] = "\"ReferrerPolicy\": { \"Override\": true, \"ReferrerPolicy\": " text(value) " }"
        else if (low == "x-frame-options")
            own[++owns] = "\"FrameOptions\": { \"Override\": true, \"FrameOption\": " text(toupper(value)) " }"
        else
            other[++others] = "{ \"Header\": " text(name) ", \"Value\": " text(value) ", \"Override\": true }"
    }
    END {
        print "{ \"Name\": \"rungs\", \"SecurityHeadersConfig\": {"
        for (i = 1; i <= owns; i++) print "  " own[i] (i < owns ? "," : "")
        print "}, \"CustomHeadersConfig\": { \"Quantity\": " others + 0 ", \"Items\": ["
        for (i = 1; i <= others; i++) print "  " other[i] (i < others ? "," : "")
        print "] } }"
    }' public/_headers
