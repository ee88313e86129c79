// The end of being notified, when somebody leaves this device.

/** Whoever leaves this device is not notified by it any more, nor is anybody after them. */
export async function stopNotifying() {
  const subscription = await self.registration.pushManager?.getSubscription();
  await subscription?.unsubscribe();
  for (const shown of await self.registration.getNotifications()) shown.close();
  await navigator.clearAppBadge?.();
}
