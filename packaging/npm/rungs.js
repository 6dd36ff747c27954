#!/usr/bin/env node
// Starts the program of the package that npm installed for this system. Nothing is downloaded here.
"use strict";

const { spawn } = require("node:child_process");
const os = require("node:os");

const name = `rungs-ssg-${process.platform}-${process.arch}`;

/** Ends with code 3, as Rungs does when the system refuses something. */
function fail(message) {
    process.stderr.write(`error: ${message}\n`);
    process.exit(3);
}

function program() {
    const { optionalDependencies } = require("../package.json");
    if (!(name in optionalDependencies)) {
        fail(`there is no package of Rungs for ${process.platform} on ${process.arch}; with Rust, \`cargo install rungs\` builds it`);
    }
    try {
        return require.resolve(`${name}/bin/${process.platform === "win32" ? "rungs.exe" : "rungs"}`);
    } catch {
        fail(
            `the package ${name} is not installed, which has the program for this system\n` +
                "  help: install again without --omit=optional, --no-optional or --ignore-optional; " +
                "node_modules from another system must be deleted first",
        );
    }
}

const child = spawn(program(), process.argv.slice(2), { stdio: "inherit" });

// A terminal sends Ctrl-C to both processes; other senders know only this one.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
        if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
}
child.on("error", (error) => fail(`cannot start Rungs: ${error.message}`));
child.on("exit", (code, signal) => {
    // 128 and the number of the signal is what a shell says of a program that a signal ended.
    process.exit(code ?? 128 + (os.constants.signals[signal] ?? 0));
});
