"""Từ vựng của lĩnh vực: words of the field as data, valid for any province, region or sector."""
