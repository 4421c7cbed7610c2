/**
 * Brings the `count` smallest of the first `length` keys to the front, in no order, each with its item, and returns the
 * largest of them. Quickselect (Hoare 1961); `count` is at least 1 and at most `length`.
 */
export function keepSmallest(key: Float64Array, item: Int32Array, length: number, count: number): number {
  const wanted = count - 1;
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const pivot = key[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (key[i]! < pivot) i++;
      while (key[j]! > pivot) j--;
      if (i > j) break;
      const k = key[i]!;
      key[i] = key[j]!;
      key[j] = k;
      const t = item[i]!;
      item[i++] = item[j]!;
      item[j--] = t;
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else break;
  }
  let largest = key[0]!;
  for (let i = 1; i < count; i++) if (key[i]! > largest) largest = key[i]!;
  return largest;
}
