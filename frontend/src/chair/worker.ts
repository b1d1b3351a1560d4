// The worker of the chair's page alone: opens it again without a line, and holds the session's key in memory.
// It keeps the page without a patient, and styles, scripts and fonts; nothing that was ever filled in.
import { serveShell, WorkerScope } from "../shell";

const scope = self as unknown as WorkerScope;
let key: CryptoKey | null = null;

scope.addEventListener("message", (event) => {
  const { data, ports } = event as MessageEvent<{ say: string; key?: CryptoKey }>;
  if (data.say === "key") key = data.key ?? null;
  if (data.say === "want") ports[0]?.postMessage(key);
});
serveShell(scope, "masseter-chair-1", "/clinic/chair/shell/", /^\/clinic\/chair\/\d+\/$/);
