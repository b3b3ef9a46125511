"""The demo market: invented people, shops and deals to try things in; written only by the command `evenhand demo`."""
