// Finding a code in a picture: ZXing, served with our own files and fetched only when somebody scans.
import { prepareZXingModule, readBarcodes, type ReaderOptions } from "zxing-wasm/reader";

const OPTIONS: ReaderOptions = {
  textMode: "Plain",
  maxNumberOfSymbols: 1,
  tryHarder: true,
};
// Of cartons, and of papers: asked for apart, since a carton may bear an advertisement beside its own code.
const CARTON: ReaderOptions["formats"] = ["DataMatrix", "Code128"];
const SQUARE: ReaderOptions["formats"] = ["QRCode"];
const WIDEST = 1280;

export class Reader {
  private readonly canvas = document.createElement("canvas");

  constructor(
    wasm: string,
    private readonly isSquare: boolean,
  ) {
    prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true }).catch(() => {});
  }

  /** The code in the video's picture as a hand scanner types it, its kind in front; "" where there is none. */
  async read(video: HTMLVideoElement): Promise<string> {
    const scale = Math.min(1, WIDEST / (video.videoWidth || 1));
    const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
    if (!width || !height) return "";
    [this.canvas.width, this.canvas.height] = [width, height];
    const pen = this.canvas.getContext("2d", { willReadFrequently: true });
    if (!pen) return "";
    pen.drawImage(video, 0, 0, width, height);
    const formats = this.isSquare ? SQUARE : CARTON;
    const [found] = await readBarcodes(pen.getImageData(0, 0, width, height), { ...OPTIONS, formats });
    return found?.isValid ? found.symbologyIdentifier + found.text : "";
  }
}
