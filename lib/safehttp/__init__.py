"""The one door to addresses that others name: every request to one leaves through here.

``client.fetch`` and ``client.post`` reach public addresses only, over https, within a total deadline, and read a
bounded answer. What a request may reach and cost are arguments (``policy.Policy``, ``policy.Limits``). Nothing here
knows what is sent or why.
"""
