// Loaded by the processes of the tests: no name of a host can be resolved. Addresses of this machine need no resolution.
const dns = require("node:dns");

/**
 * @param {string} host
 * @param {unknown[]} words
 */
function refuse(host, ...words) {
  const callback = words.at(-1);
  if (typeof callback === "function") callback(new Error(`there is no network to look ${host} up`));
}

Object.assign(dns, { lookup: refuse });
