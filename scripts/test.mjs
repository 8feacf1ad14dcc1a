import "./node-version.mjs";
// Later, so that an old Node reads no more than the check.
import("./check.mjs");
