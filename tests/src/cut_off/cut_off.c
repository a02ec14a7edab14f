/*
 * Loaded into a program before the system's library (LD_PRELOAD), it counts each step of what the program does to files that
 * are watched: creating, writing, resizing, syncing, renaming and removing one, and making a folder. At the step that was
 * asked for it ends the program outright, as `kill -9` does, or fills the disk.
 *
 * CUT_OFF_FILES  how the paths of watched files begin, separated by colons
 * CUT_OFF_AT     the step before which it happens; it never does when this is missing
 * CUT_OFF_HOW    `killed`; `torn`: killed when half of the bytes are written, where the step writes; `full`: from this step on
 *                nothing that needs room is done
 * CUT_OFF_ARMED  a file; steps count from when it is there; all of them when it is missing
 * CUT_OFF_STEPS  a file that gets a line for each step: what, path, new path, offset, length, with tabs between
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long steps;

/* The function of this name that the program would have called. */
#define THE_SYSTEMS(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int is_watched(const char *path) {
    /* What processes tell each other about a database's journal keeps nothing and is made anew. */
    size_t end = strlen(path);
    if (end > 4 && strcmp(path + end - 4, "-shm") == 0) return 0;
    const char *begin = getenv("CUT_OFF_FILES");
    while (begin && *begin) {
        size_t length = strcspn(begin, ":");
        if (strncmp(path, begin, length) == 0) return 1;
        begin += length + (begin[length] == ':');
    }
    return 0;
}

static int path_of(int file, char path[PATH_MAX]) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return length > 0 && is_watched(path);
}

static void end(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

enum fate { GOES_ON, ENDS, ENDS_IN_HALF, HAS_NO_ROOM };

/* Counts a step, writes it down and says what is to become of it. */
static enum fate fate(const char *what, const char *path, const char *other, long long offset, size_t length) {
    const char *armed = getenv("CUT_OFF_ARMED"), *log = getenv("CUT_OFF_STEPS"), *at = getenv("CUT_OFF_AT");
    const char *how = getenv("CUT_OFF_HOW");
    int before = errno;
    if (armed && syscall(SYS_faccessat, AT_FDCWD, armed, F_OK) != 0) return errno = before, GOES_ON;
    long step = atomic_fetch_add(&steps, 1) + 1;
    if (log) {
        char line[2 * PATH_MAX + 100];
        int size = snprintf(line, sizeof line, "%s\t%s\t%s\t%lld\t%zu\n", what, path, other, offset, length);
        int file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        syscall(SYS_write, file, line, (size_t)size);
        syscall(SYS_close, file);
    }
    errno = before;
    if (!at || !how || step < atol(at)) return GOES_ON;
    if (strcmp(how, "full") == 0) return HAS_NO_ROOM;
    return strcmp(how, "torn") == 0 ? ENDS_IN_HALF : ENDS;
}

/* A step that is done whole or not at all; says whether there is no room for it. */
static int refused(const char *what, const char *path, const char *other) {
    enum fate of_it = fate(what, path, other, 0, 0);
    if (of_it == ENDS || of_it == ENDS_IN_HALF) end();
    if (of_it == HAS_NO_ROOM) errno = ENOSPC;
    return of_it == HAS_NO_ROOM;
}

/* A step that needs no room. */
static void step(const char *what, const char *path, const char *other) {
    int before = errno;
    refused(what, path, other);
    errno = before;
}

static void sync_step(int file) {
    char path[PATH_MAX];
    if (path_of(file, path)) step("sync", path, "");
}

static enum fate fate_of_write(int file, long long offset, size_t length) {
    char path[PATH_MAX];
    return path_of(file, path) ? fate("write", path, "", offset, length) : GOES_ON;
}

static int opened(const char *path, int flags, mode_t mode) {
    int creates = (flags & O_CREAT) && syscall(SYS_faccessat, AT_FDCWD, path, F_OK) != 0;
    if ((creates || (flags & O_TRUNC)) && is_watched(path) && refused("create", path, "")) return -1;
    return THE_SYSTEMS(open)(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened(path, flags | O_LARGEFILE, mode);
}

ssize_t write(int file, const void *bytes, size_t length) {
    int before = errno;
    long long offset = lseek(file, 0, SEEK_CUR); /* a pipe has none */
    errno = before;
    enum fate of_it = fate_of_write(file, offset, length);
    if (of_it == HAS_NO_ROOM) return errno = ENOSPC, -1;
    if (of_it == ENDS) end();
    ssize_t written = THE_SYSTEMS(write)(file, bytes, of_it == ENDS_IN_HALF ? length / 2 : length);
    if (of_it == ENDS_IN_HALF) end();
    return written;
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
    enum fate of_it = fate_of_write(file, offset, length);
    if (of_it == HAS_NO_ROOM) return errno = ENOSPC, -1;
    if (of_it == ENDS) end();
    ssize_t written = THE_SYSTEMS(pwrite64)(file, bytes, of_it == ENDS_IN_HALF ? length / 2 : length, offset);
    if (of_it == ENDS_IN_HALF) end();
    return written;
}

int ftruncate64(int file, off64_t length) {
    char path[PATH_MAX];
    if (path_of(file, path)) step("resize", path, "");
    return THE_SYSTEMS(ftruncate64)(file, length);
}

int fsync(int file) {
    sync_step(file);
    return THE_SYSTEMS(fsync)(file);
}

int fdatasync(int file) {
    sync_step(file);
    return THE_SYSTEMS(fdatasync)(file);
}

int rename(const char *from, const char *to) {
    if (is_watched(from) || is_watched(to)) step("rename", from, to);
    return THE_SYSTEMS(rename)(from, to);
}

int unlink(const char *path) {
    if (is_watched(path)) step("remove", path, "");
    return THE_SYSTEMS(unlink)(path);
}

int mkdir(const char *path, mode_t mode) {
    if (is_watched(path) && refused("folder", path, "")) return -1;
    return THE_SYSTEMS(mkdir)(path, mode);
}
