// Read by old Nodes too: nothing newer than `import` may stand here, and what needs more is imported after the check.
var wanted = [20, 19];
var have = process.versions.node.split(".").map(Number);

if (have[0] < wanted[0] || (have[0] === wanted[0] && have[1] < wanted[1])) {
  console.error(
    "HeraDesk needs Node " +
      wanted.join(".") +
      " or newer, and this is " +
      process.versions.node +
      ": install Node 24 from https://nodejs.org and start again.",
  );
  process.exit(1);
}
