// What a carton's code says, for the ear and the eye. The server reads the code; this only tells it.
const SEPARATOR = "\u001d";
const FIXED: Record<string, number> = { "00": 18, "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6 };
const NAMES: Record<string, string> = { "01": "product number", "10": "lot", "17": "expiry", "21": "serial" };

/** "product number 0030…, expiry 2027-08-31, lot C1234"; the bare text where it is no such code. */
export function said(text: string): string {
  const parts: string[] = [];
  let rest = text.replace(/^\](d2|C1)/, "");
  if (rest === text) return text.replace(/^\][A-Za-z]\d/, "");
  while (rest) {
    const key = rest.slice(0, 2);
    const cut = rest.indexOf(SEPARATOR);
    const end = FIXED[key] ? 2 + FIXED[key] : cut < 0 ? rest.length : cut;
    const value = rest.slice(2, end);
    if (NAMES[key]) parts.push(`${NAMES[key]} ${key === "17" ? day(value) : value}`);
    rest = rest.slice(end).replace(/^\u001d/, "");
  }
  return parts.join(", ");
}

function day(digits: string): string {
  const [year, month, number] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)];
  return `20${year}-${month}` + (number === "00" ? "" : `-${number}`);
}
