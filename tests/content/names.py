"""Names of products for properties: whatever the parameter `application` accepts."""

from hypothesis import strategies as st
from marshmallow import ValidationError

from schemas.query import ProductName

_SIGNS = st.sampled_from(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~0123456789")
_LETTERS = st.characters(categories=["L", "M", "N", "P", "S"])


def product_names():
    """Texts that `ProductName` accepts, with many signs and digits among the letters."""
    texts = st.lists(_SIGNS | _LETTERS, min_size=1, max_size=40).map("".join)
    return texts.map(str.strip).filter(_is_accepted)


def _is_accepted(name: str) -> bool:
    try:
        ProductName("A product.").deserialize(name)
    except ValidationError:
        return False
    return True
