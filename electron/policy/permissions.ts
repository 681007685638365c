/** Camera, microphone, place, notifications, clipboard reading, devices …: the pages need none of them. */
export function mayUse(_permission: string): false {
  return false
}
