/* Random numbers that are always the same, for one build script: that of minify-html-common writes its tables in the order of hash maps,
   so each compilation would have other bytes. Linked into it by packaging/rustc.sh, these stand before those of the system's library. */
#include <string.h>
#include <sys/types.h>

/* Linux */
ssize_t getrandom(void *bytes, size_t count, unsigned flags)
{
    (void)flags;
    memset(bytes, 7, count);
    return (ssize_t)count;
}

/* macOS */
int CCRandomGenerateBytes(void *bytes, size_t count)
{
    memset(bytes, 7, count);
    return 0;
}
