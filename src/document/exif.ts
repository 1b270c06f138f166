// The one thing that EXIF is read for: which way up the camera was held (tag 0x0112 of the first directory).
// Broken EXIF is common and no reason to refuse a picture: whatever cannot be read counts as upright.

const ORIENTATION_TAG = 0x0112
const LITTLE_ENDIAN = 0x4949
const BIG_ENDIAN = 0x4d4d
const ENTRY_BYTES = 12

/** 1 to 8; 1 where there is none. @param from where the TIFF header stands @param to behind the EXIF data */
export function exifOrientation(view: DataView, from: number, to: number): number {
  const end = Math.min(to, view.byteLength)
  if (from + 8 > end) return 1
  const order = view.getUint16(from)
  if (order !== LITTLE_ENDIAN && order !== BIG_ENDIAN) return 1
  const little = order === LITTLE_ENDIAN
  const directory = from + view.getUint32(from + 4, little)
  if (directory + 2 > end) return 1
  const entries = view.getUint16(directory, little)
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + i * ENTRY_BYTES
    if (at + ENTRY_BYTES > end) return 1
    if (view.getUint16(at, little) !== ORIENTATION_TAG) continue
    const value = view.getUint16(at + 8, little)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}
