// The worker of the diary alone: opens its questions without a connection. It keeps no answer, no name and no other page.
import { serveShell, WorkerScope } from "../shell";

serveShell(self as unknown as WorkerScope, "masseter-diary-1", "/my/diary/shell/", /^\/my\/diary\/$/);
