// Photographs: taking one with the device's camera, and wiping between two. Both pages work without this.
import { watchTaking } from "./take";
import { watchWipes } from "./wipe";

watchTaking();
watchWipes();
