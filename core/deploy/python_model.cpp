#include "core/deploy/python_model.h"

namespace fovea::deploy {

// clang-format off
const std::string_view kPythonModel = R"PY("""The models of Fovea in PyTorch, over one history at a time: to read and to use.

    import model
    m = model.load(".")                       # the folder of this file
    scores = m.next_item([12, 7, 3])          # indices of items.csv, in time order
    rating = m.rating([12, 7], [4.0, 5.0], target=3, user=0)    # user: row of users.csv, 0 = unknown
"""
import json
import math
import pathlib

import torch
from safetensors.torch import load_file
from torch.nn.functional import layer_norm, linear


class Model:
    """sasrec and article over one history, without padding."""

    def __init__(self, config, weights):
        self.p, self.w, self.config = config["parameters"], weights, config
        self.layers, self.heads = self.p["layers"], self.p["heads"]
        self.norm, self.feed_forward = self.p["norm"], self.p["ffn_width"] > 0

    def linear(self, x, name):
        return linear(x, self.w[name + ".weight"], self.w[name + ".bias"])

    def normed(self, x, name):
        return layer_norm(x, x.shape[-1:], self.w[name + ".weight"], self.w[name + ".bias"], 1e-5)

    def attention(self, queries, keys, name):
        length, width = queries.shape
        split = lambda x: x.view(length, self.heads, -1).transpose(0, 1)
        q, k, v = (
            split(self.linear(x, f"{name}.{part}"))
            for x, part in ((queries, "query"), (keys, "key"), (keys, "value"))
        )
        scores = q @ k.transpose(1, 2) / math.sqrt(width // self.heads)
        future = torch.ones(length, length).triu(1).bool()
        out = (scores.masked_fill(future, -math.inf).softmax(-1) @ v).transpose(0, 1)
        out = out.reshape(length, width)
        return self.linear(out, name + ".out") if name + ".out.weight" in self.w else out

    def feed(self, x, name):
        return self.linear(self.linear(x, name + ".up").relu(), name + ".down")

    def block(self, x, keys, name):
        attend = lambda q, own: self.attention(q, own if keys is None else keys, name + ".attention")
        before = lambda y: self.normed(y, name + ".attention_norm")
        if self.norm == "pre":
            q = before(x)
            x = x + attend(q, q)
            if self.feed_forward:
                x = x + self.feed(self.normed(x, name + ".forward_norm"), name)
        elif self.norm == "post":
            x = before(x + attend(x, x))
            if self.feed_forward:
                x = self.normed(x + self.feed(x, name), name + ".forward_norm")
        else:  # queries normalised, keys and values not; residuals from the normalised
            q = before(x)
            x = q + attend(q, x)
            if self.feed_forward:
                y = self.normed(x, name + ".forward_norm")
                x = y + self.feed(y, name)
        return x

    def blocks(self, x, keys=None):
        for layer in range(self.layers):
            x = self.block(x, keys, f"blocks.{layer}")
        return self.normed(x, "final_norm") if "final_norm.weight" in self.w else x

    def embedded(self, items):
        positions = torch.arange(len(items) - 1, -1, -1)
        return self.w["items.weight"][torch.tensor(items)] + self.w["positions.weight"][positions]

    def next_item(self, items):
        last = self.blocks(self.embedded(items[-self.p["max_length"] :]))[-1]
        return last @ self.w["items.weight"].T

    def rating(self, items, ratings, target, user):
        keep = self.p["max_length"] - 1
        items, ratings = items[-keep:] + [target], torch.tensor(ratings[-keep:])
        x = self.embedded(items)
        half = max(1.0, (self.config["highest_value"] - self.config["lowest_value"]) / 2)
        v = (ratings - self.config["mean_value"]) / half
        rated = x[:-1] + self.linear(torch.stack([v, v * v], 1), "ratings")
        keys = torch.cat([self.w["start"], rated])
        if self.layers == 1 and not self.feed_forward:
            x = self.attention(x, keys, "attention")
        else:
            x = self.blocks(x, keys)
        score = self.linear(x[-1], "head") + self.w["mean"]
        if "item_bias" in self.w:
            score = score + self.w["item_bias"][target] + self.w["user_bias"][user]
        return score


def load(folder):
    folder = pathlib.Path(folder)
    config = json.loads((folder / "config.json").read_text())
    return Model(config, load_file(folder / "model.safetensors"))
)PY";
// clang-format on

} // namespace fovea::deploy
