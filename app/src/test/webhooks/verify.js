// Says what the library of Standard Webhooks says of a delivery: its headers and body, and the secret of the target.
const { readFileSync } = require("node:fs");
const { Webhook } = require("standardwebhooks");

const delivery = JSON.parse(readFileSync(process.argv[2], "utf8"));
try {
  const event = new Webhook(delivery.secret).verify(delivery.body, delivery.headers);
  console.log("genuine: " + event.type);
} catch (refused) {
  console.log("refused: " + refused.message);
}
