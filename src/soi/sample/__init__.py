"""Tổ chức mẫu giả định: an invented military region and an invented commune, for trying the software out.

No person, unit, place or document in it is real.
"""

from soi.sample.loading import SampleResult, is_loaded, load
from soi.sample.signins import SignIn

__all__ = ["SampleResult", "SignIn", "is_loaded", "load"]
