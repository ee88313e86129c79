"""Time zones that are offered; any other that is chosen already stays. The worker gets them."""

from __future__ import annotations

OFFERED = """
UTC Asia/Jerusalem Asia/Tehran Asia/Dubai Asia/Riyadh Asia/Baghdad Asia/Kuwait Asia/Qatar
Asia/Bahrain Asia/Muscat Asia/Amman Asia/Beirut Asia/Damascus Africa/Cairo Africa/Tripoli
Africa/Tunis Africa/Algiers Africa/Casablanca Africa/Khartoum Europe/Istanbul Asia/Baku
Asia/Yerevan Asia/Tbilisi Asia/Kabul Asia/Karachi Asia/Kolkata Asia/Dhaka Asia/Tashkent
Asia/Almaty Asia/Bangkok Asia/Jakarta Asia/Singapore Asia/Hong_Kong Asia/Shanghai Asia/Seoul
Asia/Tokyo Australia/Perth Australia/Sydney Pacific/Auckland Europe/London Europe/Dublin
Europe/Lisbon Europe/Madrid Europe/Paris Europe/Brussels Europe/Amsterdam Europe/Berlin
Europe/Zurich Europe/Rome Europe/Vienna Europe/Prague Europe/Warsaw Europe/Stockholm
Europe/Athens Europe/Bucharest Europe/Kyiv Europe/Moscow Africa/Johannesburg Africa/Lagos
Africa/Nairobi America/Sao_Paulo America/Argentina/Buenos_Aires America/Bogota
America/Mexico_City America/New_York America/Chicago America/Denver America/Los_Angeles
America/Toronto
"""
ZONES = OFFERED.split()


def name_of(zone: str) -> str:
    """As it is read: Asia/Hong Kong."""
    return zone.replace("_", " ")
